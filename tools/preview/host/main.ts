/// <reference lib="dom" />
import type { Program } from "../program.ts";
import { AppHolder } from "./app.ts";
import { PreviewBackend } from "./backend.ts";
import { installControls } from "./controls.ts";
import { reloadOnNewBuild } from "./dev_reload.ts";
import { showFailure } from "./failure.ts";
import { frames } from "./frames.ts";
import { Gestures } from "./gestures.ts";
import { type PreviewHooks } from "./hooks.ts";
import { installInstanceMethods } from "./instances.ts";
import { readLaunchOptions } from "./launch.ts";
import { Lifecycle } from "./lifecycle.ts";
import { openMenu } from "./menu.ts";
import { ModuleLoader } from "./module_loader.ts";
import { PhoneNetwork } from "./network.ts";
import { followPhoneSize, phone, windowSize } from "./phone.ts";
import { callShowOrHide } from "./router/page.ts";
import { Router } from "./router/router.ts";
import { installSetData } from "./set_data.ts";
import { ComponentRegistry, type NavigatorOption } from "./space.ts";
import { resetStats, stats } from "./stats.ts";
import { PhoneTheme } from "./theme.ts";
import { FreezableTimers } from "./timers.ts";
import { AppEvents } from "./wx/events.ts";
import { makeWx } from "./wx/mod.ts";
import type { QueryScope } from "./wx/selector_query.ts";
import { Sockets } from "./wx/socket.ts";

function start(program: Program): void {
  const timers = new FreezableTimers();
  frames.request = timers.requestAnimationFrame;
  const lifecycle = new Lifecycle(timers);
  const network = new PhoneNetwork();
  const theme = new PhoneTheme(program.data.app, program.data.theme);
  const sockets = new Sockets(network, timers);
  const events = new AppEvents();
  const app = new AppHolder();
  const wantsLessMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const launch = readLaunchOptions(program.data, new URL(location.href), wantsLessMotion);
  followPhoneSize(() => {
    const { width, height } = windowSize();
    for (const listener of events.resize) listener({ size: { windowWidth: width, windowHeight: height } });
  });

  const dom = new PreviewBackend();
  const registry = new ComponentRegistry(program, dom, (option) => openUrl(router, lifecycle, option));
  const router: Router = new Router({ data: program.data, registry, dom, theme, openMenu: () => openMenu(router) });
  const wx = makeWx({ router, theme, network, lifecycle, timers, sockets, events, launch });
  const { setTimeout, clearTimeout, setInterval, clearInterval } = timers;
  const { Page, Component, Behavior } = registry;
  const { App, getApp } = app;
  const getCurrentPages = () => router.instances;
  const loader = new ModuleLoader(program.modules, {
    ...{ wx, App, Page, Component, Behavior, getApp, getCurrentPages },
    ...{ setTimeout, clearTimeout, setInterval, clearInterval },
  });

  installSetData();
  installInstanceMethods(() => ({
    scope: router.top.instance as unknown as QueryScope,
    scroller: router.top.scroller,
  }));
  new Gestures(phone);
  connectLifecycle({ app, router, lifecycle, sockets, events, theme });
  const hooks: PreviewHooks = {
    boot,
    wx,
    getApp,
    getCurrentPages,
    stats,
    resetStats,
    network,
    lifecycle,
    sockets,
    theme,
  };
  Object.assign(globalThis, { __tickwire_preview: hooks });

  loader.load("app");
  registry.loadAll(loader);
  app.launch(launch);
  router.launch(launch.path, launch.query);
  installControls({ network, lifecycle, theme });
  if (program.data.devBuildId) reloadOnNewBuild(program.data.devBuildId);
}

interface LifecycleParts {
  app: AppHolder;
  router: Router;
  lifecycle: Lifecycle;
  sockets: Sockets;
  events: AppEvents;
  theme: PhoneTheme;
}

function connectLifecycle({ app, router, lifecycle, sockets, events, theme }: LifecycleParts): void {
  lifecycle.hideListeners.add(() => {
    callShowOrHide(router.top, "hide");
    app.hide();
    for (const listener of events.hide) listener({});
  });
  lifecycle.showListeners.add(() => {
    const { route: path, query } = router.top;
    const options = { path, query, scene: 1001, referrerInfo: {}, apiCategory: "default" as const };
    app.show(options);
    for (const listener of events.show) listener(options);
    callShowOrHide(router.top, "show");
  });
  lifecycle.freezeListeners.add(() => sockets.dropAll());
  theme.onChange((current) => app.themeChanged(current));
  globalThis.addEventListener("error", (event) => {
    app.failed(event.message);
    for (const listener of events.error) listener(event.message);
  });
  globalThis.addEventListener("unhandledrejection", ({ reason, promise }) => {
    for (const listener of events.rejection) listener({ reason, promise });
  });
}

function openUrl(router: Router, lifecycle: Lifecycle, { openType, url, delta }: NavigatorOption): void {
  if (openType === "redirect") router.redirectTo(url);
  else if (openType === "switchTab") router.switchTab(url);
  else if (openType === "reLaunch") router.reLaunch(url);
  else if (openType === "navigateBack") router.navigateBack(delta);
  else if (openType === "exit") lifecycle.background();
  else router.navigateTo(url);
}

function boot(program: Program): void {
  try {
    start(program);
  } catch (error) {
    showFailure(error);
    throw error;
  }
}

Object.assign(globalThis, { __tickwire_preview: { boot } });
