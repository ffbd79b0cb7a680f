package dev.waybill.auth;

import java.util.Optional;
import org.springframework.web.method.HandlerMethod;

/** Looks up the permission that a handler needs; implemented by the access table. */
public interface RequiredPermissions {

    /** Empty when it needs no key, or a key of another API. */
    Optional<Permission> of(HandlerMethod handler);
}
