import type { Texts } from "../i18n/texts";
import type { ConnectionView } from "./connection_view";
import type { ProblemView } from "./problem_view";
import type { IndexView, RowView } from "./quote_views";
import type { Column } from "./settings";

/** What takes the place of the list: nothing, or one of its three absences. */
export type ListStatus = "ready" | "loading" | "empty" | "offline";

/** Everything the watchlist page shows. */
export interface WatchlistView {
  readonly rootClass: string;
  readonly t: Texts["watchlist"];
  readonly app: Texts["app"];
  readonly connection: ConnectionView;
  readonly showsSimulated: boolean;
  readonly indices: readonly IndexView[];
  readonly status: ListStatus;
  readonly problem: ProblemView;
  readonly columnTitle: string;
  readonly rows: readonly RowView[];
}

export interface ListFacts {
  readonly symbolCount: number;
  /** Whether any price, of a stock or an index, is known. */
  readonly hasQuotes: boolean;
  readonly hasProblem: boolean;
}

/** An old price with its age is worth more than an explanation, so the list gives way only when there is nothing to show. */
export function listStatus({ symbolCount, hasQuotes, hasProblem }: ListFacts): ListStatus {
  if (symbolCount === 0) return "empty";
  if (hasQuotes) return "ready";
  return hasProblem ? "offline" : "loading";
}

export function columnTitle(column: Column, texts: Texts["watchlist"]): string {
  switch (column) {
    case "percent":
      return texts.percentColumn;
    case "change":
      return texts.changeColumn;
    case "turnover":
      return texts.turnoverColumn;
  }
}
