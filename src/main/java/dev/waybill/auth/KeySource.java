package dev.waybill.auth;

import java.util.Optional;

/** Port for looking up API keys by hash; implemented by the module that stores them. */
@FunctionalInterface
public interface KeySource {

    /**
     * @param hash SHA-256 of the secret in a request
     * @return empty when the key is unknown or revoked, or its user is not active
     */
    Optional<AuthenticatedKey> find(String hash);
}
