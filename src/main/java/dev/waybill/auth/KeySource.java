package dev.waybill.auth;

import java.util.Optional;

/** Where keys are known; implemented by who keeps them. */
@FunctionalInterface
public interface KeySource {

    /**
     * @param hash SHA-256 of the secret that a request brought
     * @return empty when the key is unknown or revoked, or its user is not active
     */
    Optional<AuthenticatedKey> find(String hash);
}
