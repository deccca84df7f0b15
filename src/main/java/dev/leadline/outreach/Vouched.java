package dev.leadline.outreach;

/** Somebody who vouches for what a draft may say beside dossier, lead and sender: the times of a meeting, for example. */
public interface Vouched {

  /** What the draft may repeat, links included; empty when it is none of theirs. Nothing a stranger wrote. */
  String words(Draft draft);
}
