package dev.waybill.extraction;

import java.awt.image.BufferedImage;

/**
 * A decoded image, upright and small enough to work on.
 *
 * @param image may have fewer pixels than the file
 * @param width of the file's image as displayed, so after turning it upright
 */
record DecodedImage(BufferedImage image, int width, int height) {}
