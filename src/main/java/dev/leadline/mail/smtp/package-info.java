/** The mail servers: whose mailbox a mail goes out from, how we log in, and what a server's answers mean. */
package dev.leadline.mail.smtp;
