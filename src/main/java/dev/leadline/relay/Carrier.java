package dev.leadline.relay;

/** Brings parcels to where they belong; called again after a failure, so what it does must be harmless when repeated. */
public interface Carrier {

  /**
   * @return what came of it, in words for the page
   * @throws Undeliverable when trying again cannot help
   * @throws RuntimeException when it may
   */
  String carry(Parcel parcel);

  /** It was given up, and is with the dead letters now. */
  default void gaveUp(Parcel parcel, String because) {}

  /** How a failure is put in words for the page; without personal data. */
  default String words(RuntimeException failure) {
    return failure.getClass().getSimpleName();
  }
}
