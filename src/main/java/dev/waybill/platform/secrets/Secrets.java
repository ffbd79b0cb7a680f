package dev.waybill.platform.secrets;

import dev.waybill.platform.errors.WaybillException;

/** Encrypts secrets for storing, and decrypts them again. */
public interface Secrets {

    /**
     * Encrypts a secret.
     *
     * @param context what it belongs to, such as {@code webhook org_a/wh_b}; it opens there only
     * @throws WaybillException when no key is configured
     */
    String seal(String secret, String context);

    /**
     * Decrypts what {@link #seal} made, with the key that it was made with.
     *
     * @throws WaybillException when that key is not configured (any more)
     */
    String open(String sealed, String context);
}
