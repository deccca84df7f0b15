/** The one way out: what is asked before a mail, that it goes once, and how recipients stop it. */
package dev.leadline.mail;
