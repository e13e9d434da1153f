package dev.smsrunner.scenario;

/** Measures the contrast of all visible text according to WCAG 2.2. */
final class TextContrast {

    /** JavaScript expression for the texts below level AA: 4.5, or 3 for large text. */
    static final String POOR = """
            (() => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const rgba = (colour) => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                return [r, g, b, a / 255];
              };
              const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
              const behind = (node) => {
                if (!node) return [255, 255, 255, 1];
                const own = rgba(getComputedStyle(node).backgroundColor);
                return own[3] === 1 ? own : over(own, behind(node.parentElement));
              };
              const light = (colour) => colour.slice(0, 3)
                .map((part) => part / 255)
                .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
                .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
              const poor = new Set();
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const node = texts.currentNode.parentElement;
                if (!texts.currentNode.textContent.trim() || !node.checkVisibility() || node.closest('option, noscript, :disabled')) continue;
                const style = getComputedStyle(node);
                const ground = behind(node);
                const [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((x, y) => y - x);
                const size = parseFloat(style.fontSize);
                const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
                const ratio = (a + 0.05) / (b + 0.05);
                if (ratio < wanted) poor.add(`${node.className || node.tagName}: ${ratio.toFixed(2)}`);
              }
              return [...poor];
            })()
            """;

    private TextContrast() {}
}
