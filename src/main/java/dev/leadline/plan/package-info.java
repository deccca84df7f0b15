/** How a campaign goes about one lead: the approach, and the touches that the table touch-plan gave, within its limits. */
package dev.leadline.plan;
