/**
 * HTTP to addresses that callers name. Every connection is dialled through the address guard, redirects too, and size
 * and time are bounded. Begin with {@code UrlFetcher} for downloads and {@code UrlPoster} for webhooks;
 * {@code AddressGuard} decides.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.deadline", "platform.storage"})
package dev.waybill.platform.fetch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
