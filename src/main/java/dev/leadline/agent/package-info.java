/** Agents: steps that ask a model, what becomes of them when it fails, and the records of what was asked and spent. */
package dev.leadline.agent;
