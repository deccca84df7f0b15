package dev.leadline.contact;

/** Knows whether a domain takes mail. */
interface MailServers {

  /** @param domain in ASCII and lower case */
  Reception of(String domain);

  /** What a domain does with mail. */
  enum Reception {
    /** It has mail servers, or at least an address that mail goes to (RFC 5321, section 5.1). */
    TAKES_MAIL,
    /** It says that it takes none (null MX, RFC 7505). */
    TAKES_NONE,
    /** It does not exist, or has neither a mail server nor an address. */
    NOT_THERE,
    /** Nobody could say now. */
    UNKNOWN
  }
}
