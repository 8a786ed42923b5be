"""The pages of the explorer, one module each: what each shows of the warehouse."""
