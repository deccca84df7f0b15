/** Meetings between leads and colleagues: free times, holds, bookings, invitations, and what came of them. */
package dev.leadline.booking;
