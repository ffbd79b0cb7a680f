package dev.waybill.accounts;

import dev.waybill.platform.json.WireName;

/** A person's role in an organization. What their keys may do is defined by the keys' permissions. */
enum UserRole implements WireName {
    ADMIN,
    MEMBER,
    VIEWER
}
