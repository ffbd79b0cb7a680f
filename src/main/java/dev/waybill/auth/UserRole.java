package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** What a person is in an organization. What their keys may do stands in the keys. */
enum UserRole implements WireName {
    ADMIN,
    MEMBER,
    VIEWER
}
