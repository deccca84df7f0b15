/** Mail servers that are read. */
package dev.leadline.mail.imap;
