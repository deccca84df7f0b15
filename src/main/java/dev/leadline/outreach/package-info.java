/** Campaign drafts for outreach and nurture, the claim check, and what a reviewer is shown. */
package dev.leadline.outreach;
