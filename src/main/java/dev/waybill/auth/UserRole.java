package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person is in an organization. What their keys may do stands in the keys. */
enum UserRole {
    ADMIN,
    MEMBER,
    VIEWER;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
