/** The customer relationship management system of the team, read only: accounts, contacts, opportunities, notes. */
package dev.leadline.crm;
