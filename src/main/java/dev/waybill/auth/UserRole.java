package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** A person's role in an organization. What their keys may do is defined by the keys' permissions. */
enum UserRole implements WireName {
    ADMIN,
    MEMBER,
    VIEWER
}
