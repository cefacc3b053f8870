package com.foobar.benchmarks.stack;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as SVG, readable on a light and on a dark page. The parts of a bar are
 * stacked.
 */
final class Plot {

	private static final int WIDTH = 760;

	private static final int LEFT = 210;

	private static final int RIGHT = 60;

	private static final int BAR = 16;

	private static final String STYLE = """
			<style>
			text { font: 13px system-ui, sans-serif; fill: #24292f }
			.title { font-weight: 600 }
			.axis { stroke: #8c959f; stroke-width: 1 }
			.p0 { fill: #0969da } .p1 { fill: #bf8700 } .p2 { fill: #8250df } .p3 { fill: #1a7f37 } .p4 { fill: #cf222e }
			.other { fill: #8c959f }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3 }
			.p0 { fill: #58a6ff } .p1 { fill: #d29922 } .p2 { fill: #bc8cff } .p3 { fill: #3fb950 } .p4 { fill: #ff7b72 }
			}
			</style>
			""";

	private Plot() {
	}

	/**
	 * A bar.
	 *
	 * @param label beside it
	 * @param parts its parts, from the left
	 * @param styles the style class of each part
	 * @param text behind it
	 */
	record Bar(String label, List<Double> parts, List<String> styles, String text) {

		double length() {
			return this.parts.stream().mapToDouble(Double::doubleValue).sum();
		}

	}

	/**
	 * Bars below a heading.
	 *
	 * @param heading names the group
	 * @param bars from top to bottom
	 */
	record Group(String heading, List<Bar> bars) {

	}

	/**
	 * Draw a plot.
	 * @param title what it shows
	 * @param legend the names of the parts, for the styles {@code p0}, {@code p1} and so
	 * on; may be empty
	 * @param groups the bars
	 * @param mark the value at which a line is drawn; zero for none
	 */
	static String draw(String title, List<String> legend, List<Group> groups, double mark) {
		double longest = groups.stream()
			.flatMap((group) -> group.bars().stream())
			.mapToDouble(Bar::length)
			.reduce(Math.max(mark, 1e-9), Math::max);
		double unit = (WIDTH - LEFT - RIGHT) / longest;
		StringBuilder body = new StringBuilder();
		int y = 24;
		body.append(text(10, y, "title", title));
		y += 12;
		if (!legend.isEmpty()) {
			y = legend(body, legend, y);
		}
		int top = y;
		for (Group group : groups) {
			y += 22;
			body.append(text(10, y, "title", group.heading()));
			y += 8;
			for (Bar bar : group.bars()) {
				bar(body, bar, y, unit);
				y += BAR + 4;
			}
		}
		if (mark > 0) {
			double x = LEFT + mark * unit;
			body.append(String.format(Locale.ROOT,
					"<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke-dasharray=\"4 3\"/>%n", x,
					top + 26, x, y));
		}
		return String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n%s%s</svg>%n",
				WIDTH, y + 12, escape(title), STYLE, body);
	}

	private static int legend(StringBuilder body, List<String> names, int y) {
		int x = 10;
		for (int i = 0; i < names.size(); i++) {
			body.append(rectangle(x, y, 12, 12, "p" + i));
			body.append(text(x + 17, y + 11, "", names.get(i)));
			x += 35 + 7 * names.get(i).length();
		}
		return y + 14;
	}

	private static void bar(StringBuilder body, Bar bar, int y, double unit) {
		body.append(text(20, y + 13, "", bar.label()));
		double x = LEFT;
		for (int i = 0; i < bar.parts().size(); i++) {
			double length = bar.parts().get(i) * unit;
			body.append(rectangle(x, y, length, BAR, bar.styles().get(i)));
			x += length;
		}
		body.append(text((int) x + 6, y + 13, "", bar.text()));
	}

	private static String rectangle(double x, int y, double width, int height, String style) {
		return String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
				style, x, y, width, height);
	}

	private static String text(int x, int y, String style, String text) {
		return String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", style, x, y,
				escape(text));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
	}

}
