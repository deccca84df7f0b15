/** What others know about a lead and their company: providers of data and web search, asked in the order of a table. */
package dev.leadline.enrichment;
