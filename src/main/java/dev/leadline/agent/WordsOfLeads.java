package dev.leadline.agent;

/** Documents that hold what a lead wrote, or what was read about them, because an agent thought about it. */
public interface WordsOfLeads {

  /** @return how many there were */
  long deleteByLeadId(String leadId);
}
