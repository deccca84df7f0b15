/** Agents that choose among the tools drawn for them: the worker, its transcripts, and what the tools have read. */
package dev.leadline.agent.tools;
