package dev.waybill.extraction;

import java.awt.image.BufferedImage;

/**
 * A difference hash (dHash) of an image: whether each of 8 by 8 fields is darker than its right neighbour. Fields are
 * true averages of their pixels, so that the hash of an image and of a resized copy are a few bits apart at most.
 */
final class PerceptualHash {

    private static final int ROWS = 8;
    private static final int COLUMNS = 9;
    private static final int WHITE = 255;

    /** Less is noise of scaling and compression: an even surface is all zeros. */
    private static final double NOISE = 1.0;

    private PerceptualHash() {}

    /** 16 hexadecimal digits. */
    static String of(BufferedImage image) {
        double[][] light = fields(image);
        long hash = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS - 1; column++) {
                boolean darker = light[row][column] + NOISE < light[row][column + 1];
                hash = hash << 1 | (darker ? 1 : 0);
            }
        }
        return "%016x".formatted(hash);
    }

    /** Pixels that lie on the border of two fields count for both by their share. */
    private static double[][] fields(BufferedImage image) {
        double[][] sums = new double[ROWS][COLUMNS];
        double[][] weights = new double[ROWS][COLUMNS];
        int width = image.getWidth();
        int height = image.getHeight();
        int[] line = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            double top = (double) y * ROWS / height;
            double bottom = (double) (y + 1) * ROWS / height;
            for (int row = (int) top; row < ROWS && row < bottom; row++) {
                double share = Math.min(bottom, row + 1) - Math.max(top, row);
                addLine(line, share, sums[row], weights[row]);
            }
        }
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                sums[row][column] /= Math.max(weights[row][column], Double.MIN_NORMAL);
            }
        }
        return sums;
    }

    private static void addLine(int[] line, double share, double[] sums, double[] weights) {
        for (int x = 0; x < line.length; x++) {
            double left = (double) x * COLUMNS / line.length;
            double right = (double) (x + 1) * COLUMNS / line.length;
            double light = light(line[x]);
            for (int column = (int) left; column < COLUMNS && column < right; column++) {
                double weight = share * (Math.min(right, column + 1) - Math.max(left, column));
                sums[column] += weight * light;
                weights[column] += weight;
            }
        }
    }

    /** As on white paper. */
    private static double light(int argb) {
        double opaque = (argb >>> 24) / 255.0;
        double light = 0.299 * (argb >> 16 & 0xFF) + 0.587 * (argb >> 8 & 0xFF) + 0.114 * (argb & 0xFF);
        return opaque * light + (1 - opaque) * WHITE;
    }
}
