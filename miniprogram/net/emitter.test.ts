import { assertEquals } from "@std/assert";
import { Emitter } from "./emitter";

interface Events {
  number: number;
  text: string;
}

function setUp() {
  const errors: unknown[] = [];
  return { errors, emitter: new Emitter<Events>((error) => errors.push(error)) };
}

Deno.test("listeners hear what they listen to, in the order in which they came", () => {
  const { emitter } = setUp();
  const heard: string[] = [];
  emitter.on("number", (value) => heard.push(`a${value}`));
  emitter.on("number", (value) => heard.push(`b${value}`));
  emitter.on("text", (value) => heard.push(value));
  emitter.emit("number", 1);
  emitter.emit("text", "x");
  assertEquals(heard, ["a1", "b1", "x"]);
});

Deno.test("one function added twice is removed one at a time, and removing twice is harmless", () => {
  const { emitter } = setUp();
  let count = 0;
  const listener = () => count++;
  const off = emitter.on("number", listener);
  emitter.on("number", listener);
  off();
  off();
  emitter.emit("number", 1);
  assertEquals(count, 1);
});

Deno.test("a listener removed by another during the delivery is not called any more", () => {
  const { emitter } = setUp();
  const heard: string[] = [];
  emitter.on("number", () => {
    heard.push("first");
    offSecond();
    emitter.on("number", () => heard.push("late"));
  });
  const offSecond = emitter.on("number", () => heard.push("second"));
  emitter.emit("number", 1);
  assertEquals(heard, ["first"]);
});

Deno.test("a listener that throws keeps nobody from hearing, and its error is reported", () => {
  const { emitter, errors } = setUp();
  const heard: number[] = [];
  const mistake = new Error("a mistake");
  emitter.on("number", () => {
    throw mistake;
  });
  emitter.on("number", (value) => heard.push(value));
  emitter.emit("number", 7);
  assertEquals([heard, errors], [[7], [mistake]]);
});
