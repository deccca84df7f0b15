package dev.leadline.deliverability;

/**
 * One thing that receivers look at, and how it stands with us.
 *
 * @param name SPF, DKIM, DMARC or MX
 * @param says in a sentence
 * @param todo what to do about it; empty when nothing is to be done
 * @param record as the domain name system has it; empty when there is none
 */
public record Check(String name, State state, String says, String todo, String record) {

  /** From no worry to mail that does not arrive. */
  public enum State { GOOD, WARN, BAD, UNKNOWN }

  static Check good(String name, String says, String record) {
    return new Check(name, State.GOOD, says, "", record);
  }

  static Check warn(String name, String says, String todo, String record) {
    return new Check(name, State.WARN, says, todo, record);
  }

  static Check bad(String name, String says, String todo, String record) {
    return new Check(name, State.BAD, says, todo, record);
  }

  static Check unknown(String name, String says) {
    return new Check(name, State.UNKNOWN, says, "", "");
  }
}
