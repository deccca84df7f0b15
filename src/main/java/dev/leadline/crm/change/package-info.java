/** What colleagues change in the CRM steers the journey: owner, stage, and who is not to be contacted. */
package dev.leadline.crm.change;
