/** Campaigns: whom to look for, the runs that find them and let their journeys start, and what came of it. */
package dev.leadline.campaign;
