/** The mail itself: its texts, its headers, its signature, and the addresses and links that lead back to it. */
package dev.leadline.mail.message;
