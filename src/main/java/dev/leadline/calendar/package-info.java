/** The calendars of colleagues: when they are busy, and the meetings put into them. */
package dev.leadline.calendar;
