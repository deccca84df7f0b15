/** What happens to a lead, told to a collector of traces that speaks OTLP, if one is named. */
package dev.leadline.trace;
