package dev.waybill.connectors.rest;

import java.io.IOException;
import java.io.InputStream;

/**
 * A response whose bytes are streamed.
 *
 * @param answer status and headers; an error is complete in it
 * @param bytes of a successful response; closing them early leaves the rest unread
 */
public record RestStream(RestAnswer answer, InputStream bytes) {

    /** Closes it, ignoring failures. */
    public void hangUp() {
        try {
            bytes.close();
        } catch (IOException gone) {
            // It is not needed any more.
        }
    }
}
