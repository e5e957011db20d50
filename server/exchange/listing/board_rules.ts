/** What each board allows, as dated data: rules change, and a replayed day keeps its own. */
import type * as z from "zod/mini";
import ruleData from "./data/board_rules.json" with { type: "json" };
import { BoardRuleFile, parseFile } from "./schema.ts";
import type { Board } from "./stock_listing.ts";

export type BoardRule = Readonly<z.infer<typeof BoardRuleFile>["rules"][number]>;

const FILE = "board_rules.json";

export class BoardRules {
  readonly #rules: ReadonlyMap<Board, readonly BoardRule[]>;

  /**
   * @param data Of the shape of `data/board_rules.json`. @default that file
   * @throws RangeError naming the rule that is wrong.
   */
  constructor(data: unknown = ruleData) {
    const { rules } = parseFile(FILE, BoardRuleFile, data);
    const byBoard = new Map<Board, BoardRule[]>();
    for (const rule of rules) {
      const earlier = byBoard.get(rule.board) ?? [];
      const last = earlier.at(-1);
      if (last && last.from >= rule.from) {
        throw new RangeError(`${FILE}: the rule of ${rule.board} from ${rule.from} must follow that from ${last.from}`);
      }
      byBoard.set(rule.board, [...earlier, rule]);
    }
    this.#rules = byBoard;
  }

  /**
   * The rule of a board in force on a day.
   *
   * @param date yyyymmdd.
   * @throws RangeError when the board had not opened by then.
   */
  on(board: Board, date: number): BoardRule {
    const rules = this.#rules.get(board);
    const rule = rules?.findLast(({ from }) => from <= date);
    if (rule) return rule;
    throw new RangeError(`No rule for the board "${board}" on ${date}: it had not opened by then`);
  }
}

/** The rules of the data file. */
export const BOARD_RULES = new BoardRules();
