import { testWorlds } from "./test_worlds.ts";

testWorlds(751, 750);
