package dev.vedette.report;

/**
 * Parts of tables that become blocks on a phone. The roles keep them tables for screen readers even
 * then, and the label stands in for the heading that is out of sight.
 */
final class Cells {
  private Cells() {}

  static void head(Markup out, String text) {
    out.raw("<th scope=\"col\" role=\"columnheader\">").text(text).raw("</th>");
  }

  /** Opens the cell that names its row. */
  static Markup name(Markup out) {
    return out.raw("<th scope=\"row\" role=\"rowheader\">");
  }

  /** Opens a cell; {@code label} is shown before it on a phone unless empty. */
  static Markup cell(Markup out, String kind, String label) {
    out.raw("<td role=\"cell\" class=\"" + kind + "\"");
    return out.raw(label.isEmpty() ? ">" : " data-label=\"" + label + "\">");
  }
}
