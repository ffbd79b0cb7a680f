package dev.waybill.extraction;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The colours that an image mostly consists of: k-means over a sample, without randomness, so the same image has the
 * same.
 */
final class DominantColors {

    private static final int SAMPLES_PER_EDGE = 128;
    private static final int ROUNDS = 12;
    private static final int OPAQUE_ENOUGH = 128;
    private static final int ALIKE = 24;

    private DominantColors() {}

    /** One colour, and the part of the image that it makes up, 0 to 1. */
    record Colour(String hex, double share) {}

    /** The commonest first; fewer than asked for if there are no more. */
    static List<Colour> of(BufferedImage image, int count) {
        List<int[]> pixels = sample(image);
        List<double[]> centres = start(pixels, count);
        int[] sizes = new int[centres.size()];
        for (int round = 0; round < ROUNDS; round++) {
            sizes = iterate(pixels, centres);
        }
        List<Colour> colours = new ArrayList<>();
        for (int i = 0; i < centres.size(); i++) {
            if (sizes[i] > 0) {
                double share = Math.round(1_000.0 * sizes[i] / pixels.size()) / 1_000.0;
                colours.add(new Colour(hex(centres.get(i)), share));
            }
        }
        colours.sort(Comparator.comparingDouble(Colour::share).reversed().thenComparing(Colour::hex));
        return colours;
    }

    private static List<int[]> sample(BufferedImage image) {
        List<int[]> pixels = new ArrayList<>();
        int columns = Math.min(SAMPLES_PER_EDGE, image.getWidth());
        int rows = Math.min(SAMPLES_PER_EDGE, image.getHeight());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int x = (int) ((column + 0.5) * image.getWidth() / columns);
                int y = (int) ((row + 0.5) * image.getHeight() / rows);
                int argb = image.getRGB(x, y);
                if (argb >>> 24 >= OPAQUE_ENOUGH) {
                    pixels.add(new int[] {argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF});
                }
            }
        }
        return pixels;
    }

    /** The commonest colours, in steps of 16, that are not alike. */
    private static List<double[]> start(List<int[]> pixels, int count) {
        Map<Integer, List<int[]>> boxes = new TreeMap<>();
        for (int[] pixel : pixels) {
            int box = pixel[0] >> 4 << 8 | pixel[1] >> 4 << 4 | pixel[2] >> 4;
            boxes.computeIfAbsent(box, any -> new ArrayList<>()).add(pixel);
        }
        List<List<int[]>> commonest = new ArrayList<>(boxes.values());
        commonest.sort(Comparator.comparingInt((List<int[]> box) -> box.size()).reversed());
        List<double[]> centres = new ArrayList<>();
        for (List<int[]> box : commonest) {
            double[] centre = mean(box);
            if (centres.stream().allMatch(other -> distance(other, centre) >= ALIKE * ALIKE)) {
                centres.add(centre);
            }
            if (centres.size() == count) {
                break;
            }
        }
        return centres;
    }

    /** Moves each centre into the middle of the pixels nearest to it; returns how many each has. */
    private static int[] iterate(List<int[]> pixels, List<double[]> centres) {
        double[][] sums = new double[centres.size()][3];
        int[] sizes = new int[centres.size()];
        for (int[] pixel : pixels) {
            int nearest = nearest(pixel, centres);
            sizes[nearest]++;
            for (int channel = 0; channel < 3; channel++) {
                sums[nearest][channel] += pixel[channel];
            }
        }
        for (int i = 0; i < sizes.length; i++) {
            for (int channel = 0; channel < 3 && sizes[i] > 0; channel++) {
                centres.get(i)[channel] = sums[i][channel] / sizes[i];
            }
        }
        return sizes;
    }

    private static int nearest(int[] pixel, List<double[]> centres) {
        double[] point = {pixel[0], pixel[1], pixel[2]};
        int nearest = 0;
        for (int i = 1; i < centres.size(); i++) {
            if (distance(point, centres.get(i)) < distance(point, centres.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static double[] mean(List<int[]> pixels) {
        double[] mean = new double[3];
        for (int[] pixel : pixels) {
            for (int channel = 0; channel < 3; channel++) {
                mean[channel] += (double) pixel[channel] / pixels.size();
            }
        }
        return mean;
    }

    private static double distance(double[] one, double[] other) {
        double distance = 0;
        for (int channel = 0; channel < 3; channel++) {
            distance += (one[channel] - other[channel]) * (one[channel] - other[channel]);
        }
        return distance;
    }

    private static String hex(double[] colour) {
        return "#%02x%02x%02x".formatted(Math.round(colour[0]), Math.round(colour[1]), Math.round(colour[2]));
    }
}
