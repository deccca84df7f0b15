/** Whether our mail arrives: the records of our domains, what came back, and the limits at which a mailbox rests. */
package dev.leadline.deliverability;
