"""What the product is measured with: it answers labelled tasks through the product's own code."""
