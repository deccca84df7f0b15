/** Calls between Leadline and others, signed both ways: mail services call us, we call n8n and whoever subscribed. */
package dev.leadline.webhook;
