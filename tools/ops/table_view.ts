/// <reference lib="dom" />
import type { Change } from "./change.ts";
import { element } from "./dom.ts";
import { formatCount } from "./format.ts";
import { rowsOf, type Table } from "./tables.ts";

/** A list of counts on the page. */
export class TableView {
  readonly root = element("article", "card table");
  readonly #body = element("tbody");

  constructor(private readonly table: Table) {
    this.root.id = `table-${table.id}`;
    const title = element("h2", "", table.zh, element("span", "", table.en));
    title.lastElementChild?.setAttribute("lang", "en");
    const heads = [["", ""], ["累计", "total"], ["近一分钟", "last min"]].map(([zh = "", en = ""]) =>
      element("th", "", zh, element("small", "", en))
    );
    this.root.append(title, element("table", "", element("thead", "", element("tr", "", ...heads)), this.#body));
  }

  draw(minute: Change | undefined): void {
    if (!minute) return;
    const rows = rowsOf(this.table, minute).map(({ label, total, lately }) =>
      element(
        "tr",
        lately > 0 ? "is-moving" : "",
        element("th", "", label),
        element("td", "", formatCount(total)),
        element("td", "", lately > 0 ? `+${formatCount(lately)}` : "–"),
      )
    );
    const none = element("tr", "is-empty", element("td", "", "无 none"));
    this.#body.replaceChildren(...(rows.length > 0 ? rows : [none]));
  }
}
