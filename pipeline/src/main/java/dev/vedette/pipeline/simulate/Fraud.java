package dev.vedette.pipeline.simulate;

/** The kinds of fraud in a {@link PaymentStream}. */
public enum Fraud {
  /** One payment of 12 to 60 times what the card usually pays at this type of merchant. */
  AMOUNT("amount", "one payment far above what the card usually pays at this type of merchant"),
  /** One payment at a type of merchant the card never uses and few use, of 2.5 to 7 times usual. */
  MERCHANT_TYPE(
      "merchant-type",
      "one larger payment at a type of merchant this card never uses and few others use"),
  /** One chip payment so far away that the holder would have travelled above 1,500 km/h. */
  IMPOSSIBLE_TRAVEL(
      "impossible-travel",
      "a chip payment too far away from the payment at home shortly before it"),
  /** Card testing: 15 to 40 small online payments within 20 minutes. */
  BURST("burst", "many small online payments within minutes: somebody tries whether it works"),
  /** 3 to 5 payments of 3 to 6 times usual in the deep night of the holder. */
  ODD_HOUR("odd-hour", "some larger payments at an hour at which the holder always sleeps"),
  /** 4 to 10 online payments of 3 to 10 times usual, from a new device to a new country. */
  TAKEOVER(
      "takeover",
      "larger online payments within hours, from a new device, shipped to a new country");

  private final String text;
  private final String description;

  Fraud(String text, String description) {
    this.text = text;
    this.description = description;
  }

  /** Its name in files, such as {@code odd-hour}. */
  public String text() {
    return text;
  }

  /** What it is, for a person. */
  public String description() {
    return description;
  }
}
