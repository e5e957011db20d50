import { NO_PROBLEM } from "../../store/problem_view";

/** Stands in place of prices that never came: what is wrong, the address that was tried, and two ways on. */
Component({
  properties: {
    problem: { type: Object, value: NO_PROBLEM },
    retryText: { type: String, value: "" },
    settingsText: { type: String, value: "" },
  },
  methods: {
    onRetry() {
      this.triggerEvent("retry");
    },
    onSettings() {
      void wx.switchTab({ url: "/pages/settings/index" });
    },
  },
});
