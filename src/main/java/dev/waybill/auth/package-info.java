/**
 * Authentication and authorization: the API key that a request brings, its permissions, scopes and rate limit. A
 * handler runs only for a valid key whose window has room, and the {@code Caller} that it gets is at most 4 seconds
 * old. Begin with {@code AuthFilter}, then {@code Caller}; whoever stores keys implements {@code KeySource} and
 * {@code LastUsedWriter}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.ratelimit"
        })
package dev.waybill.auth;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
