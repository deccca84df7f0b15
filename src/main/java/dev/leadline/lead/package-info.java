/** The person who may buy: who they are, how far they have come, the start and the end of their journey. */
package dev.leadline.lead;
