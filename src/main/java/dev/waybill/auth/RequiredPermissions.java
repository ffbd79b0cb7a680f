package dev.waybill.auth;

import java.util.Optional;
import org.springframework.web.method.HandlerMethod;

/** Tells which permission a handler needs; implemented by who keeps the table of them. */
public interface RequiredPermissions {

    /** Empty when it needs no key, or one of another API. */
    Optional<Permission> of(HandlerMethod handler);
}
