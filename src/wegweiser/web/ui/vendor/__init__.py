"""Front-end files of others: where they come from, and the script that takes the part of KERN we use."""
