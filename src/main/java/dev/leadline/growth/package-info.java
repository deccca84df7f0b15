/** How a lead's company may grow: its market, who else is there, and how large it may become as a customer. */
package dev.leadline.growth;
