/** Whether a lead can be written to at all, and what kind of mailbox that is. */
package dev.leadline.contact;
