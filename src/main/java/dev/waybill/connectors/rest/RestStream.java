package dev.waybill.connectors.rest;

import java.io.IOException;
import java.io.InputStream;

/**
 * An answer whose bytes are read as they come.
 *
 * @param answer what came before them; a refusal is whole in it
 * @param bytes of a good answer; closing them early leaves the rest unread
 */
public record RestStream(RestAnswer answer, InputStream bytes) {

    /** Leaves it, whatever comes. */
    public void hangUp() {
        try {
            bytes.close();
        } catch (IOException gone) {
            // It is not wanted any more.
        }
    }
}
