package dev.leadline.agent.tools;

/** What a tool gives back to the drawing: where its reading is kept. The texts stay out of the process. */
public record Found(Reference found) {

  /** @param reading id of the reading */
  public record Reference(String reading) {}
}
